// Papers of a year
//
// Papers that appeared in one year, by title.
//
// ? papers from {year}
// ? papers published in {year}
// ? which papers appeared in {year}
// ? what was published in {year}
// ? articles of the year {year}
// ? list the papers of {year}
// ? publications of {year}
// ? {year} papers
// ? all {year} papers
// ? everything from {year}
// ? which papers are from {year}
// ? what did people publish in {year}
//
// $year (year) = 2019: year of publication
// $limit (integer) = 100: largest number of rows
MATCH (p:Paper)
WHERE p.year = $year
RETURN p.title AS title, p.venue AS venue, p.authors AS authors, p.key AS key, p.id AS paper
ORDER BY coalesce(title, '~'), paper
LIMIT $limit
