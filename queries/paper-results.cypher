// Results of one paper
//
// Numbers that a paper reports, with method, dataset, metric and baseline where the abstract names them.
//
// ? results of {paper}
// ? numbers reported in {paper}
// ? which results does {paper} report
// ? scores in {paper}
// ? what figures does {paper} give
// ? quantitative results of {paper}
// ? what performance is reported in {paper}
// ? which values does {paper} publish
// ? quantitative results from {paper}
// ? which scores does {paper} list
// ? how good are the results of {paper}
// ? performance figures of {paper}
//
// $paper (paper) = "arxiv:0003.00003": key, id, DOI, arXiv id or title of the paper
MATCH (p:Paper) WHERE p.id = $paper OR p.key = $paper OR p.title = $paper
MATCH (p)-[:REPORTS]->(r:Result)
OPTIONAL MATCH (r)-[:OF_METHOD]->(m:Method)
OPTIONAL MATCH (r)-[:ON_DATASET]->(d:Dataset)
OPTIONAL MATCH (r)-[:BY_METRIC]->(k:Metric)
OPTIONAL MATCH (r)-[:OVER_BASELINE]->(b:Method)
RETURN r.value AS value, r.comparison AS comparison, m.name AS method, d.name AS dataset, k.name AS metric,
       b.name AS baseline, r.text AS sentence, r.id AS result
ORDER BY result, method, dataset, metric, baseline
