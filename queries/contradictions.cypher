// Claims that contradict each other
//
// Pairs of methods of which one paper says that the first is better and another that the second is,
// with both sentences.
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
MATCH (b)-[q:OUTPERFORMS]->(a)
WHERE a.id < b.id
  AND ($method = '' OR a.id = $method OR a.name = $method OR b.id = $method OR b.name = $method)
WITH a, b, r, q
MATCH (p:Paper) WHERE p.id = r.paper
MATCH (o:Paper) WHERE o.id = q.paper
RETURN a.name AS first, b.name AS second, r.sentence AS first_is_better, p.title AS first_title,
       p.key AS first_key, q.sentence AS second_is_better, o.title AS second_title, o.key AS second_key,
       p.id AS first_paper, o.id AS second_paper, a.id AS first_id, b.id AS second_id
ORDER BY first, second, first_paper, second_paper, first_id, second_id
LIMIT $limit
