"""The model, as MLflow's Python client loads and calls it: XGBoost's booster, and the calibration that the manifest
beside it states. The API computes the same probabilities in Java."""

import json
from pathlib import Path
from typing import Any

import numpy
import pandas
import xgboost
from mlflow.models import Model


class DivorceModel:
    def __init__(self, folder: Path) -> None:
        self.required = Model.load(str(folder)).get_input_schema().required_input_names()
        calibration = json.loads((folder / "manifest.json").read_text("utf-8"))["calibration"]
        self.slope, self.intercept = calibration["slope"], calibration["intercept"]
        self.booster = xgboost.Booster(model_file=folder / "booster.ubj")

    def predict(self, applications: pandas.DataFrame, params: dict[str, Any] | None = None) -> pandas.DataFrame:
        """The probability of each row. Columns are found by their names, whatever their order, and others are ignored.

        A value that is missing is NaN; so is a whole column, if the signature does not require it.
        """
        if missing := [name for name in self.required if name not in applications.columns]:
            expected = ", ".join(self.booster.feature_names)
            raise ValueError(f"the columns {', '.join(missing)} are missing, expected {expected}")
        features = applications.reindex(columns=self.booster.feature_names).astype("float32")
        margins = self.booster.predict(xgboost.DMatrix(features), output_margin=True).astype("float64")
        log_odds = self.slope * margins + self.intercept
        return pandas.DataFrame({"probability": 1 / (1 + numpy.exp(-log_odds))}, index=applications.index)


def _load_pyfunc(path: str) -> DivorceModel:
    """What MLflow calls.

    path: the model's folder
    """
    return DivorceModel(Path(path))
