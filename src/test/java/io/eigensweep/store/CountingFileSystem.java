package io.eigensweep.store;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local files as a remote system that counts what is asked of it, and can be away or full:
 * {@code counting:///a}.
 */
public final class CountingFileSystem extends FileSystem {
  public static final AtomicLong LISTINGS = new AtomicLong();
  public static final AtomicLong OPENED = new AtomicLong();
  public static final AtomicLong BYTES = new AtomicLong();
  static final AtomicBoolean AWAY = new AtomicBoolean();

  /** Bytes that it says it has room for. */
  public static final AtomicLong ROOM = new AtomicLong(Long.MAX_VALUE);

  private static final URI ROOT = URI.create("counting:///");

  private final FileSystem local = new RawLocalFileSystem();

  /** Where {@code folder} is in such a file system. */
  public static Path path(java.nio.file.Path folder) {
    return new Path("counting", null, folder.toAbsolutePath().toString());
  }

  /** A configuration that knows it. */
  public static Configuration conf() {
    Configuration conf = new Configuration();
    conf.set("fs.counting.impl", CountingFileSystem.class.getName());
    conf.set("fs.counting.impl.disable.cache", "true");
    return conf;
  }

  /** Begins anew. */
  public static void reset() {
    LISTINGS.set(0);
    OPENED.set(0);
    BYTES.set(0);
    AWAY.set(false);
    ROOM.set(Long.MAX_VALUE);
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    local.initialize(URI.create("file:///"), conf);
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    requireThere();
    OPENED.incrementAndGet();
    return new FSDataInputStream(new Counted(local.open(local(file), bufferSize)));
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    requireThere();
    LISTINGS.incrementAndGet();
    FileStatus[] found = local.listStatus(local(folder));
    for (FileStatus file : found) {
      file.setPath(counting(file.getPath()));
    }
    return found;
  }

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    requireThere();
    FileStatus found = local.getFileStatus(local(file));
    found.setPath(counting(found.getPath()));
    return found;
  }

  @Override
  public FsStatus getStatus(Path path) {
    return new FsStatus(Long.MAX_VALUE, 0, ROOM.get());
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return local.create(local(file), overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream append(Path file, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return local.rename(local(from), local(to));
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    return local.delete(local(file), recursive);
  }

  @Override
  public boolean mkdirs(Path folder, FsPermission permission) throws IOException {
    return local.mkdirs(local(folder));
  }

  @Override
  public void setWorkingDirectory(Path folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(ROOT);
  }

  private static void requireThere() throws IOException {
    if (AWAY.get()) {
      throw new IOException("storage is away");
    }
  }

  private static Path local(Path path) {
    return new Path("file", null, path.toUri().getPath());
  }

  private static Path counting(Path path) {
    return new Path("counting", null, path.toUri().getPath());
  }

  private static final class Counted extends FSInputStream {
    private final FSDataInputStream in;

    Counted(FSDataInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      BYTES.incrementAndGet();
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = in.read(bytes, from, length);
      BYTES.addAndGet(Math.max(0, read));
      return read;
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
