#!/bin/sh
# Fetches the font packages of Debian 12 that faces.tsv names, unpacks them without installing them, and draws the images anew.
# sh make.sh FOLDER: a folder to fetch into. It needs apt-get, dpkg and the .NET SDK.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1" && cd "$1"
for package in $(tail -n +2 "$here/faces.tsv" | cut -f 5 | sort -u); do
    apt-get download "$package"
    dpkg -x "$package"_*.deb root
done
dotnet run -c Release --project "$here" -- "$here/faces.tsv" root/usr/share "$here/../Data"
