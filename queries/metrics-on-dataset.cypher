// Metrics that a dataset is measured by
//
// Metrics in which results on a dataset are reported, with the number of results and the range of their
// absolute values.
//
// ? which metrics are reported on {dataset}
// ? how is {dataset} scored
// ? metrics of {dataset}
// ? how are results on {dataset} measured
// ? evaluation measures of {dataset}
// ? in what metric and range of values are results on {dataset} given
// ? range of scores on {dataset} by metric
// ? lowest and highest value on {dataset} for each metric
// ? what measures are used on {dataset} and what values occur
// ? which metrics does {dataset} use
// ? by what is {dataset} measured
// ? minimum and maximum scores on {dataset}
//
// $dataset (dataset) = "SQuAD": name or id of the dataset
MATCH (d:Dataset) WHERE d.id = $dataset OR d.name = $dataset
MATCH (d)<-[:ON_DATASET]-(r:Result)-[:BY_METRIC]->(k:Metric)
WHERE r.comparison = 'absolute'
RETURN k.name AS metric, count(r.id) AS results, min(r.number) AS lowest, max(r.number) AS highest, k.id AS id
ORDER BY results DESC, metric, id
