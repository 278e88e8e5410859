package io.eigensweep.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownNamesTest {
  private final Map<String, @Nullable Object> row =
      new KnownNames(Map.of("psnr", 30.0, "of_another_program", 1), Set.of("of_theirs"));

  @Test
  void aColumnThatARowDoesNotHaveIsNull() {
    assertThat(row.get("psnr")).isEqualTo(30.0);
    assertThat(row.get("hfen")).isNull();
    assertThat(row.get("eigenvalues")).isNull();
    assertThat(row.get("of_another_program")).isEqualTo(1);
    assertThat(row.get("of_theirs")).isNull();
  }

  @Test
  void aNameThatNoColumnHasIsAnError() {
    assertThatThrownBy(() -> row.get("pnsr"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows have no column pnsr");
    assertThatThrownBy(() -> Rows.number(row, "lambda_mim")).hasMessageContaining("lambda_mim");
    assertThatThrownBy(() -> KnownNames.set("psnr", "pnsr")).hasMessageContaining("pnsr");
  }
}
