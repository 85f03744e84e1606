"""The trained model at run time: features, inference on ONNX Runtime, decoding."""
