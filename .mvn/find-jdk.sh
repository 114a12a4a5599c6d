# Sourced by ./adjoint and ./mvnw (POSIX sh): find_jdk sets JDK to the home of a JDK of at least version 25,
# or returns 1. Looks at JAVA_HOME, then at PATH, then where package managers and tools put JDKs.

# The feature version of the JDK at $1 on standard output; nothing if there is no JDK.
jdk_version() {
  [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
  fi
}

jdk_fits() {
  [ -n "$1" ] || return 1
  jdk_v=$(jdk_version "$1")
  [ "${jdk_v:-0}" -ge 25 ] || return 1
  JDK=$1
}

find_jdk() {
  jdk_fits "${JAVA_HOME-}" && return 0

  jdk_javac=$(command -v javac 2>/dev/null) || jdk_javac=
  if [ -n "$jdk_javac" ]; then
    jdk_javac=$(readlink -f "$jdk_javac" 2>/dev/null) || jdk_javac=
    jdk_fits "${jdk_javac%/bin/javac}" && return 0
  fi

  for jdk_home in \
    /usr/lib/jvm/* /opt/* /opt/*/* /usr/local/openjdk-* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    jdk_fits "$jdk_home" && return 0
  done

  if [ -x /usr/libexec/java_home ]; then
    jdk_fits "$(/usr/libexec/java_home -v 25+ 2>/dev/null)" && return 0
  fi
  return 1
}

no_jdk_message() {
  cat >&2 <<'END'
Adjoint needs JDK 25 or newer, and none was found. Get one:
  Debian, Ubuntu   sudo apt install openjdk-25-jdk
  Fedora           sudo dnf install java-25-openjdk-devel
  macOS            brew install openjdk
  SDKMAN           sdk install java 25-tem
  anywhere         https://adoptium.net
If it is installed in an unusual place, set JAVA_HOME to it.
END
}
