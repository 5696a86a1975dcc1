"""Loads the model in production with MLflow's client and scores the applications of a file, whose path is the argument.

Prints a JSON object: the probabilities of the file's applications; the same with the columns in another order; that of
the model's own example; and how MLflow and the model itself refuse applications that lack a column. The variables
MLFLOW_TRACKING_URI, MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD say where MLflow is.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import mlflow
import pandas

model = mlflow.pyfunc.load_model("models:/divorce-model@production")


def refusal(predict: Callable[[pandas.DataFrame], pandas.DataFrame]) -> str:
    try:
        predict(applications.drop(columns="Age_Days"))
    except (mlflow.MlflowException, ValueError) as e:
        return str(e)
    return "nothing is refused"


applications = pandas.DataFrame(json.loads(Path(sys.argv[1]).read_text("utf-8"))["instances"], dtype="float64")
print(
    json.dumps(
        {
            "probabilities": model.predict(applications).probability.tolist(),
            "reordered": model.predict(applications[applications.columns[::-1]]).probability.tolist(),
            "refusals": [refusal(model.predict), refusal(model._model_impl.predict)],
            "example": model.predict(model.input_example).probability.tolist(),
        }
    )
)
