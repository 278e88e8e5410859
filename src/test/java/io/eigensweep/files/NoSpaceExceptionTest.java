package io.eigensweep.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.ipc.RemoteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoSpaceExceptionTest {
  private static final Path FILE = new Path("file:/sweeps/mine/trials/a.parquet");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "/out/trials/_tmp/a.parquet: No space left on device",
        "Disk quota exceeded",
        "The DiskSpace quota of /sweeps is exceeded: quota = 1 B = 1 B but diskspace consumed = 2",
        "Insufficient Storage (Service: S3, Status Code: 507)",
        "XMinioStorageFull: Storage backend has reached its minimum free drive threshold"
      })
  void knowsWhatFileSystemsSay(String message) {
    assertThat(NoSpaceException.causes(new IOException(message))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection refused",
        "Permission denied",
        "Input/output error",
        "Read-only file system",
        "File could only be written to 0 of the 1 minReplication nodes"
      })
  void isNotAnyTrouble(String message) {
    assertThat(NoSpaceException.causes(new IOException(message))).isFalse();
  }

  @Test
  void looksForTheCause() {
    Throwable quota = new DSQuotaExceededException("the quota is used up");
    Throwable remote =
        new RemoteException(
            DSQuotaExceededException.class.getName(), "The DiskSpace quota of /a is exceeded");
    Throwable full = new FileSystemException("/out/a", null, "No space left on device");

    assertThat(NoSpaceException.causes(new IllegalStateException("can't write", quota))).isTrue();
    assertThat(NoSpaceException.causes(remote)).isTrue();
    assertThat(NoSpaceException.causes(new UncheckedIOException(new IOException(full)))).isTrue();
    assertThat(NoSpaceException.causes(null)).isFalse();
  }

  @Test
  void asksTheFileSystemWhoseLanguageItDoesNotKnow() {
    IOException foreign = new IOException("Auf dem Gerät ist kein Speicherplatz mehr verfügbar");
    FileSystem fs = withRoomFor(1000);

    assertThat(NoSpaceException.of(foreign, fs, FILE, 1000)).isSameAs(foreign);
    assertThat(NoSpaceException.of(foreign, fs, FILE, 1001))
        .isInstanceOf(NoSpaceException.class)
        .hasCause(foreign)
        .hasMessageContaining(FILE.toString());
  }

  private static FileSystem withRoomFor(long bytes) {
    FileSystem fs =
        new RawLocalFileSystem() {
          @Override
          public FsStatus getStatus(Path path) {
            return new FsStatus(1 << 20, (1 << 20) - bytes, bytes);
          }
        };
    fs.setConf(new Configuration());
    return fs;
  }
}
