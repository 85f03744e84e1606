// Claims that contradict each other
//
// Pairs of methods of which one paper says that the first is better and another that the second is,
// with both sentences and how well each side is supported; first the pairs whose weaker side is best supported.
//
// ? which claims contradict each other
// ? do papers disagree about which method is better
// ? contradictions between papers
// ? conflicting claims
// ? which papers disagree
// ? where do papers contradict each other about {method}
// ? is there disagreement about {method}
// ? conflicting evidence on {method}
// ? pairs of methods on which authors do not agree which is better
// ? inconsistent statements in the literature
// ? which results are disputed
// ? opposite claims
// ? claims that cannot both be true
// ? do any papers say the opposite of each other
// ? are there conflicting results in the literature
// ? who contradicts whom
//
// $method (method) = "": only pairs with this method; empty for all
// $limit (integer) = 100: most rows to give
MATCH (a:Method)-[r:OUTPERFORMS]->(b:Method)
WHERE a.id < b.id AND ($method = '' OR a.id = $method OR a.name = $method OR b.id = $method OR b.name = $method)
WITH a, b, count(r.paper) AS papers, max(r.confidence) AS best
WITH a, b, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support_first
MATCH (b)-[q:OUTPERFORMS]->(a)
WITH a, b, support_first, count(q.paper) AS papers, max(q.confidence) AS best
WITH a, b, support_first, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support_second
MATCH (a)-[r:OUTPERFORMS]->(b)
MATCH (p:Paper) WHERE p.id = r.paper
WITH a, b, support_first, support_second, r, p,
     CASE WHEN support_first < support_second THEN support_first ELSE support_second END AS weaker
MATCH (b)-[q:OUTPERFORMS]->(a)
MATCH (o:Paper) WHERE o.id = q.paper
RETURN a.name AS first, b.name AS second, support_first, support_second, r.sentence AS first_is_better,
       p.title AS first_title, p.key AS first_key, q.sentence AS second_is_better, o.title AS second_title,
       o.key AS second_key, p.id AS first_paper, o.id AS second_paper, a.id AS first_id, b.id AS second_id
ORDER BY weaker DESC, first, second, first_paper, second_paper, first_id, second_id
LIMIT $limit
