package io.eigensweep.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A file of a trial, kept in memory until {@link #close}, which makes it visible under its name,
 * whole. A stream that is never closed leaves nothing behind, so a writer that may fail half-way
 * closes only when all is written; it is not for try-with-resources around code that can throw.
 */
final class ArtifactStream extends ByteArrayOutputStream {

  /** Makes the content visible. */
  interface Publication {
    void publish(byte[] content) throws IOException;
  }

  private final Publication publication;
  private boolean open = true;

  ArtifactStream(Publication publication) {
    this.publication = publication;
  }

  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      publication.publish(toByteArray());
    }
  }
}
