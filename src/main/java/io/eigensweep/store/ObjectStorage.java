package io.eigensweep.store;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * An object store with conditional writes, S3 above all: an object appears whole when its writer
 * closes it, so nothing takes the way through a temporary file, and of several writers that must
 * not replace each other the store itself lets one pass.
 */
final class ObjectStorage extends HadoopStorage {
  ObjectStorage(FileSystem fs) {
    super(fs);
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    writeWhole(fs().create(file, true), content);
  }

  /** Closing a stream makes the object, also after a write that has failed. */
  private static void writeWhole(FSDataOutputStream out, byte[] content) throws IOException {
    try {
      out.write(content);
    } catch (IOException e) {
      var unused = out.abort();
      throw e;
    }
    out.close();
  }

  @Override
  public boolean create(Path temporary, Path file, byte[] content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = fs().createFile(file);
    builder.overwrite(true);
    builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    try {
      writeWhole(builder.build(), content);
    } catch (IOException e) {
      if (fs().exists(file)) {
        return false;
      }
      throw e;
    }
    return true;
  }

  @Override
  public void put(Path temporary, Path file, byte[] content) throws IOException {
    write(file, content);
  }
}
