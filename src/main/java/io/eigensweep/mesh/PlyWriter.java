package io.eigensweep.mesh;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes meshes as binary little-endian PLY: float32 positions, triangles of int32 indices. */
public final class PlyWriter {
  private PlyWriter() {}

  /** The file's bytes; a mesh without triangles is a file without faces. */
  public static byte[] write(TriangleMesh mesh) {
    String header =
        "ply\nformat binary_little_endian 1.0\nelement vertex "
            + mesh.vertexCount()
            + "\nproperty float x\nproperty float y\nproperty float z\nelement face "
            + mesh.triangleCount()
            + "\nproperty list uchar int vertex_indices\nend_header\n";
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    long length = text.length + 12L * mesh.vertexCount() + 13L * mesh.triangleCount();
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(text);
    for (double x : mesh.vertices()) {
      bytes.putFloat((float) x);
    }
    for (int t = 0; t < mesh.triangleCount(); t++) {
      bytes.put((byte) 3);
      for (int corner = 0; corner < 3; corner++) {
        bytes.putInt(mesh.triangles()[3 * t + corner]);
      }
    }
    return bytes.array();
  }
}
