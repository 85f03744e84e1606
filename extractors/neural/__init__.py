"""The trained models at run time: features, inference on ONNX Runtime, decoding."""

from pathlib import Path
from typing import Final

MODELS: Final = Path(__file__).parents[1] / "models"
"""The folders of the models of this package, by the names of their extractors."""
MODEL: Final = MODELS / "default"
