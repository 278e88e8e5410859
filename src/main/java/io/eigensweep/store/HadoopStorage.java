package io.eigensweep.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Any other Hadoop file system: a test and a rename. Not atomic against a second writer in the same
 * instant; both then hold the same trial.
 */
sealed class HadoopStorage implements Storage permits ContextStorage, ObjectStorage {
  private final FileSystem fs;

  HadoopStorage(FileSystem fs) {
    this.fs = fs;
  }

  /** Where the files are. */
  final FileSystem fs() {
    return fs;
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    try (OutputStream out = fs.create(file, true)) {
      out.write(content);
    }
  }

  @Override
  public byte[] read(Path file) throws IOException {
    try (FSDataInputStream in = fs.open(file)) {
      return in.readAllBytes();
    }
  }

  @Override
  public byte[] tail(Path folder, String name, long length, int most) throws IOException {
    byte[] bytes = new byte[(int) Math.min(most, length)];
    try (FSDataInputStream in = fs.open(new Path(folder, name))) {
      in.readFully(length - bytes.length, bytes);
    }
    return bytes;
  }

  @Override
  public Map<String, RowVersion> list(Path folder) throws IOException {
    Map<String, RowVersion> files = new HashMap<>();
    RemoteIterator<FileStatus> found = fs.listStatusIterator(folder);
    while (found.hasNext()) {
      FileStatus file = found.next();
      if (file.isFile()) {
        files.put(
            file.getPath().getName(), new RowVersion(file.getLen(), file.getModificationTime()));
      }
    }
    return files;
  }

  @Override
  public void delete(Path file) throws IOException {
    if (!fs.delete(file, false) && fs.exists(file)) {
      throw new IOException("the file system refused to delete " + file);
    }
  }

  @Override
  public boolean renameIfAbsent(Path from, Path to) throws IOException {
    if (fs.exists(to)) {
      return false;
    }
    try {
      if (fs.rename(from, to)) {
        return true;
      }
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
    if (fs.exists(to)) {
      return false;
    }
    throw new IOException("the file system refused to rename " + from + " to " + to);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    fs.mkdirs(to.getParent());
    fs.delete(to, false);
    if (!fs.rename(from, to)) {
      throw new IOException("the file system refused to rename " + from + " to " + to);
    }
  }
}
