# Sourced by `eigensweep`: starts the program in this machine's Java without Spark's launcher and SparkSubmit, where
# these would only hand on what is said here. Needs what surroundings.sh sets, `home`, `jar`, `settings` (the profile's
# file) and `properties` (those of the command line).

# What Spark gives its own JVMs (org.apache.spark.launcher.JavaModuleOptions).
module_options=(-XX:+IgnoreUnrecognizedVMOptions --add-modules=jdk.incubator.vector)
for package in base/java.lang base/java.lang.invoke base/java.lang.reflect base/java.io base/java.net base/java.nio \
  base/java.util base/java.util.concurrent base/java.util.concurrent.atomic base/jdk.internal.ref base/sun.nio.ch \
  base/sun.nio.cs base/sun.security.action base/sun.util.calendar security.jgss/sun.security.krb5; do
  module_options+=("--add-opens=java.$package=ALL-UNNAMED")
done
module_options+=(-Dio.netty.tryReflectionSetAccessible=true -Dio.netty.allocator.type=pooled
  -Dio.netty.handler.ssl.defaultEndpointVerificationAlgorithm=NONE
  --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED)

spark_jars=${SPARK_HOME:-$home/target/spark}/jars
spark_conf=$home/conf
[ -z "${SPARK_HOME:-}" ] || spark_conf=${SPARK_CONF_DIR:-$SPARK_HOME/conf}

# note KEY VALUE: keeps what is needed before Java starts. Fails for what SparkSubmit or the launcher acts upon.
note() {
  case $1 in
    spark.master) master=${master:-$2} ;;
    spark.submit.deployMode) mode=${mode:-$2} ;;
    spark.driver.memory) memory=${memory:-$2} ;;
    *\\* | spark.jars* | spark.files | spark.archives | spark.submit.* | spark.driver.extra* | spark.driver.default* \
      | spark.driver.userClassPathFirst | spark.kerberos.* | spark.yarn.keytab | spark.yarn.principal | spark.remote \
      | spark.api.mode | spark.log.structured*) return 1 ;;
  esac
}

# read_settings FILE: notes its properties, of which the last counts.
read_settings() {
  local line i lines=()
  while IFS= read -r line || [ -n "$line" ]; do lines=("$line" "${lines[@]:+${lines[@]}}"); done <"$1"
  for line in "${lines[@]:+${lines[@]}}"; do
    line=${line%$'\r'}
    if [[ $line =~ ^[[:space:]]*([^#!=:[:space:]][^=:[:space:]]*)[[:space:]]*[=:]?[[:space:]]*(.*)$ ]]; then
      [[ $line != *\\ ]] && note "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]%"${BASH_REMATCH[2]##*[![:space:]]}"}" || return 1
    fi
  done
}

# Whether `command` can be started here: one without a session (`sessionless`), or with a local master.
can_start() {
  local i file
  master= mode= memory= files=
  [[ -d $spark_jars && $spark_jars != *:* ]] && [ ! -e "$spark_conf/spark-env.sh" ] && [ ! -e "$spark_conf/java-opts" ] || return 1
  [ -z "${MASTER:-}${DEPLOY_MODE:-}" ] || return 1
  case ${SPARK_SUBMIT_OPTS:-} in *[\"\'\\]*) return 1 ;; esac
  for ((i = ${#properties[@]} - 1; i >= 0; i--)); do
    [[ ${properties[i]} == spark.* ]] && note "${properties[i]%%=*}" "${properties[i]#*=}" || return 1
  done
  for file in "$settings" ${SPARK_HOME:+"$spark_conf/spark-defaults.conf"}; do
    [ -f "$file" ] || continue
    read_settings "$file" || return 1
    files+=${files:+:}$file
  done
  $sessionless || { [[ ${master:-local} == local* ]] && [ "${mode:-client}" = client ]; }
}

# The archive of loaded classes for this jar, these jars of Spark and this Java.
archive_file() {
  local key
  key=$(printf '%s' "$java_release $(readlink -f "$(command -v "$java")") $spark_jars" | cksum)
  printf '%s' "$home/target/start/classes-${key%% *}.jsa"
}

# class_path: the jar and Spark's jars; of these alone the archive knows.
class_path() { printf '%s' "$jar:$spark_jars/*"; }

# archive_fits FILE: whether it is there and not of an older jar. Java itself looks closer, and does without in silence.
archive_fits() { [ -f "$1" ] && [ ! "$jar" -nt "$1" ]; }

# make_archive FILE: without it everything starts, only later. It is tried before it gets its name: Java takes the
# length of such a file on trust.
make_archive() {
  local archive=$1 file made
  mkdir -p "$home/target/start" 2>/dev/null && [ -w "$home/target/start" ] || return 0
  for file in "$home"/target/start/*; do
    [ ! "$jar" -nt "$file" ] || rm -f "$file"
  done
  made=$home/target/start/making-$$
  SPARK_LOCAL_IP=127.0.0.1 "$java" ${java_options[@]+"${java_options[@]}"} -Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
    "${module_options[@]}" -Dspark.master='local[2]' "-Dlog4j2.configurationFile=$home/conf/log4j2.properties" -Xlog:disable -XX:ArchiveClassesAtExit="$made" \
    -cp "$(class_path)" io.eigensweep.cli.Rehearsal >"$home/target/start/log" 2>&1 \
    && [ -s "$made" ] && "$java" -XX:SharedArchiveFile="$made" -cp "$(class_path)" io.eigensweep.cli.Main --help >/dev/null 2>&1 \
    && mv "$made" "$archive" || rm -f "$made"
}

# start ARGUMENT...: becomes Java with the program.
start() {
  local options=() words=() archive property word classes
  # The vector module is for products in Java alone, and costs a warning.
  case $command in
    plan | trial | verify | certify | sweep | aggregate | sql | reproduce | results) options=("${module_options[@]}") ;;
    *) for word in "${module_options[@]}"; do [[ $word == --add-modules=* ]] || options+=("$word"); done ;;
  esac
  # Some of a second's work is not worth being compiled twice, nor a collector of many threads.
  case $command in
    plan) options+=(-XX:+UseSerialGC) ;;
    trial | verify | certify | claims | sweep | aggregate | sql | reproduce | results) ;;
    *) options+=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC) ;;
  esac
  archive=$(archive_file)
  ! archive_fits "$archive" || options+=("-XX:SharedArchiveFile=$archive" -Xlog:disable -Xlog:all=error:stderr -Xlog:cds=off:stderr)
  # Log4j takes a comma for the end of a name.
  [[ $spark_conf == *,* || ! -f $spark_conf/log4j2.properties ]] || options+=("-Dlog4j2.configurationFile=$spark_conf/log4j2.properties")
  options+=("-Xmx${memory:-${SPARK_DRIVER_MEMORY:-${SPARK_MEM:-1g}}}" "-Deigensweep.properties=$files")
  IFS=$' \t\n' read -r -d '' -a words <<<"${SPARK_SUBMIT_OPTS:-}" || true
  options+=(${words[@]+"${words[@]}"})
  for property in "${properties[@]:+${properties[@]}}"; do options+=("-D$property"); done
  if $sessionless; then
    options+=('-Dspark.master=local[*]' -Dspark.submit.deployMode=client)
    export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1} # or Spark's configuration looks for this machine's name
  fi
  classes=$(class_path)
  for word in "$spark_conf" "${HADOOP_CONF_DIR:-}" "${YARN_CONF_DIR:-}" "${SPARK_DIST_CLASSPATH:-}"; do
    classes+=${word:+:$word}
  done
  exec "$java" ${java_options[@]+"${java_options[@]}"} "${options[@]}" -cp "$classes" io.eigensweep.cli.Main "$@"
}
