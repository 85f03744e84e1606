"""The graph as pages: their data from an `index.Index`, drawn by `render`, served by `server`, written by `site`.

Every page is a pure function from the graph to data (`data`), which a Jinja template shows and the JSON API hands
out. A served graph and a static site have the same pages at the same addresses (`addresses`).
"""
