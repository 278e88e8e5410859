package io.eigensweep.store;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** A local file system whose files break off after some bytes, as on a disk that fills up. */
public final class FullFileSystem extends RawLocalFileSystem {
  /** The key of the bytes that a file may have. */
  static final String BYTES = "fs.full.bytes";

  /** Its scheme: {@code full:///folder}. */
  static final String SCHEME = "full";

  /** One that is not registered under a scheme. */
  static FileSystem in(java.nio.file.Path folder, int bytes) throws IOException {
    Files.createDirectories(folder);
    FullFileSystem fs = new FullFileSystem();
    Configuration conf = new Configuration();
    conf.setInt(BYTES, bytes);
    fs.initialize(URI.create("file:///"), conf);
    return fs;
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream whole =
        super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    return new FSDataOutputStream(new Limited(whole, getConf().getInt(BYTES, 0)), null);
  }

  private static final class Limited extends OutputStream {
    private final OutputStream out;
    private int left;

    Limited(OutputStream out, int left) {
      this.out = out;
      this.left = left;
    }

    @Override
    public void write(int value) throws IOException {
      if (left-- <= 0) {
        throw new IOException("No space left on device");
      }
      out.write(value);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
