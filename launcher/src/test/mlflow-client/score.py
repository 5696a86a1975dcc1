"""Loads the model in production with MLflow's client and scores the applications of a file, whose path is the argument.

Prints a JSON object: the probabilities of the file's applications, and that of the model's own example. The variables
MLFLOW_TRACKING_URI, MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD say where MLflow is.
"""

import json
import sys
from pathlib import Path

import mlflow
import pandas

model = mlflow.pyfunc.load_model("models:/divorce-model@production")
applications = pandas.DataFrame(json.loads(Path(sys.argv[1]).read_text("utf-8"))["instances"], dtype="float64")
print(
    json.dumps(
        {
            "probabilities": model.predict(applications).probability.tolist(),
            "example": model.predict(model.input_example).probability.tolist(),
        }
    )
)
