package io.eigensweep.trial;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.ntk.AllPointsBound;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.GeneratedKind;
import io.eigensweep.signal.LoadedSignal;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.signal.TrainingSet;
import io.eigensweep.training.Samples;
import io.eigensweep.training.Trainer;
import io.eigensweep.training.TrainingSettings;
import org.apache.hadoop.conf.Configuration;

public final class AllPointsRun {
  public static void main(String[] args) throws Exception {
    int side = Integer.parseInt(args[0]);
    int resolution = Integer.parseInt(args[1]);
    int epochs = Integer.parseInt(args[2]);
    int width = Integer.parseInt(args[3]);
    Blas blas = Blas.of(BlasChoice.AUTO);
    Signal signal =
        args.length < 6
            ? new Signal.GeneratedImage(GeneratedKind.DEAD_LEAVES, side, 0, Coordinates.CENTERS)
            : new Signal.ImageFile(java.nio.file.Path.of(args[5]).getParent().toUri().toString(), java.nio.file.Path.of(args[5]).getFileName().toString(), side, Coordinates.CENTERS);
    LoadedSignal loaded = new SignalFiles(new Configuration(false)).read(signal);
    TrainingSet set = loaded.trainingSet(0);
    Multigrid encoding = new Multigrid(2, 2, resolution, 2, 0.01, Interpolation.LINEAR);
    NetworkSettings network =
        new NetworkSettings(2, width, Activation.RELU, Parameterization.WIDTH, true);
    EncodedPoints points = Encoder.encode(encoding, set.points(), 2, 0);
    Parameters parameters = Parameters.initial(network, encoding, 2, 3, 0);
    if (epochs > 0) {
      Trainer trainer =
          new Trainer(
              TrainingSettings.sgd(100, Integer.parseInt(args[4]), epochs, epochs),
              network,
              parameters,
              new Samples(points, 3, set.targets()),
              0,
              blas);
      for (int epoch = 0; epoch < epochs; epoch++) {
        trainer.runEpoch();
      }
      parameters = trainer.parameters();
      System.out.println("trained " + trainer.curve().get(trainer.curve().size() - 1));
    }
    long start = System.nanoTime();
    AllPointsBound bound =
        AllPointsBound.of(
            network,
            parameters,
            points,
            2,
            Outputs.MEAN,
            new AllPointsBound.Limits(300, 1.05, 1500L << 20),
            blas,
            () -> {});
    System.out.println(bound + " " + (System.nanoTime() - start) / 1e9 + " s");
  }
}
