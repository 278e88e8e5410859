# Sourced by the scripts beside it, which set `home`: finds what they need on this machine, or says in one line what
# is missing. Sets `java`, the command; `java_release`, its version, and `java_version`, the major part of that;
# `java_options`, what Java must be told here.

fail() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 2; }

# The first of the folders that can be made and written.
writable() {
  local folder
  for folder in "$@"; do
    [[ $folder == /* ]] || continue
    mkdir -p -m 700 "$folder" 2>/dev/null || true
    if [ -d "$folder" ] && [ -w "$folder" ] && [ -x "$folder" ]; then printf '%s' "$folder"; return; fi
  done
  return 1
}

find_java() {
  local version release
  java=java
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME must name a JDK, there is no bin/java in $JAVA_HOME"
  fi
  command -v "$java" >/dev/null || fail "Java 17 is needed; there is no java on the PATH, and JAVA_HOME is not set"
  # A JDK's own file says it without a start of Java.
  release=$(readlink -f "$(command -v "$java")") || true
  release=${release%/bin/java}/release
  version=
  [ ! -r "$release" ] || version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$release")
  [ -n "$version" ] || version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1) || true
  java_release=$version
  java_version=${version#1.}
  java_version=${java_version%%[!0-9]*}
  [ "${java_version:-0}" -ge 17 ] || fail "Java 17 is needed; $java is ${version:-no Java that starts}"
}

# Java takes a user's home and name from the system's list of users, where a container's user may be missing, and its
# temporary folder is /tmp whatever TMPDIR says.
find_folders() {
  local folder
  java_options=()
  if ! id -un >/dev/null 2>&1; then
    folder=$(writable "${HOME:-}" "$home/target/home" "${TMPDIR:-/tmp}/eigensweep-$(id -u)" "/var/tmp/eigensweep-$(id -u)") \
      || fail "user id $(id -u) has no home; set HOME to a folder that it can write"
    java_options+=("-Duser.home=$folder")
  fi
  if ! writable /tmp >/dev/null; then
    folder=$(writable "${TMPDIR:-}" /var/tmp "$home/target/tmp" /dev/shm) \
      || fail "no folder for temporary files can be written; set TMPDIR to one"
    java_options+=("-Djava.io.tmpdir=$folder")
  fi
}

# Names of pictures are as on disk only where Java reads them as UTF-8; it asks the locale, which must be installed.
find_locale() {
  local name
  for name in "" C.UTF-8 C.utf8 en_US.UTF-8; do
    [ -z "$name" ] || export LC_ALL=$name
    if command -v locale >/dev/null; then
      [ "$(locale charmap 2>/dev/null)" != UTF-8 ] || return 0
    else
      case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in *[Uu][Tt][Ff]*8*) return 0 ;; esac
    fi
  done
  export LC_ALL=C.UTF-8
}

# The words as one string of options, which Spark's launcher splits again.
as_options() {
  local option escaped
  for option in "$@"; do
    escaped=${option//\\/\\\\}
    printf '"%s" ' "${escaped//\"/\\\"}"
  done
}

# build GOAL...: runs Maven in the checkout.
build() {
  local options=() repository
  command -v mvn >/dev/null || fail "there is no mvn on the PATH; Maven 3.8 or later is needed to build"
  [ ${#java_options[@]} -eq 0 ] || options=("${java_options[@]}")
  if [[ "${MAVEN_OPTS:-} ${MAVEN_ARGS:-}" != *maven.repo.local=* ]] && id -un >/dev/null 2>&1 \
    && ! writable "${HOME:-}/.m2/repository" >/dev/null; then
    repository=$home/target/home/.m2/repository
    printf '%s\n' "${HOME:-}/.m2 can't be written; Maven's files go to $repository" >&2
    options+=("-Dmaven.repo.local=$repository")
  fi
  (cd "$home" && mvn -B -Dstyle.color=never ${options[@]+"${options[@]}"} "$@") | stages >&2
}

# A line for each stage of Maven's that takes its time, and what is wrong.
stages() {
  local line stage said=
  while IFS= read -r line; do
    case $line in
      *'Downloading from '*) stage='fetching libraries' ;;
      '[INFO] --- '*compile*) stage='compiling' ;;
      '[INFO] --- '*shade*) stage='packing the jar' ;;
      '[INFO] --- '*copy-dependencies*) stage="gathering Spark's jars" ;;
      $'\e'* | '[INFO]'* | '[WARNING]'* | 'Downloaded from '* | 'Progress '* | '') continue ;;
      *) printf '%s\n' "$line"; continue ;;
    esac
    [[ " $said" == *"|$stage|"* ]] || printf '  %s\n' "$stage"
    said+="|$stage|"
  done
}

case $home in
  *:*) fail "Java takes a colon in a path for the end of it; move $home to a folder without one" ;;
esac
# Java raises the limit as far as it may; Spark alone is three hundred files.
files=$(ulimit -Hn)
[ "$files" = unlimited ] || [ "$files" -ge 1024 ] || fail "1024 open files are needed; the limit is $files (ulimit -Hn)"
find_java
find_folders
find_locale
