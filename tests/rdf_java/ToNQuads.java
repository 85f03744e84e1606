import java.io.FileOutputStream;
import java.io.OutputStream;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;

/** Reads each file that is named with Apache Jena, and writes it beside its place as N-Quads. */
public class ToNQuads {
  public static void main(String[] files) throws Exception {
    for (String file : files) {
      try (OutputStream out = new FileOutputStream(file + ".jena.nq")) {
        RDFDataMgr.write(out, RDFDataMgr.loadDataset(file), Lang.NQUADS);
      }
    }
  }
}
