package io.eigensweep.store;

import java.io.IOException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/** HDFS and other systems with a {@link FileContext}: its rename without overwrite is atomic. */
final class ContextStorage extends HadoopStorage {
  private final FileContext context;

  ContextStorage(FileContext context, FileSystem fs) {
    super(fs);
    this.context = context;
  }

  @Override
  public boolean renameIfAbsent(Path from, Path to) throws IOException {
    try {
      context.rename(from, to, Rename.NONE);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    fs().mkdirs(to.getParent());
    context.rename(from, to, Rename.OVERWRITE);
  }
}
