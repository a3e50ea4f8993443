#!/bin/sh
# Fetches the query editor anew, with the licences of all that is built into it. Needs npm; run it as
#     sh kg/static/update.sh
set -eu
VERSION=4.6.2
HERE=$(cd "$(dirname "$0")" && pwd)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
cd "$WORK"
npm install --silent --no-audit --no-fund --ignore-scripts --omit=dev --prefix "$WORK" "@zazuko/yasgui@$VERSION"
cp node_modules/@zazuko/yasgui/build/yasgui.min.js node_modules/@zazuko/yasgui/build/yasgui.min.css "$HERE"
sed -i -e '/^\/\/# sourceMappingURL=/d' "$HERE/yasgui.min.js"
{
    echo "yasgui.min.js and yasgui.min.css are @zazuko/yasgui $VERSION from npm, built by its authors from the packages below."
    find node_modules -name package.json -path '*node_modules/*' | LC_ALL=C sort | while read -r FILE; do
        node -e '
            const p = JSON.parse(require("fs").readFileSync(process.argv[1]));
            if (p.name && p.version) {
                const author = p.author ? (p.author.name || p.author) : "";
                console.log(`\n${"=".repeat(78)}\n${p.name} ${p.version}  ${p.license || ""}  ${author}`);
            }' "$FILE"
        find "$(dirname "$FILE")" -maxdepth 1 -iname 'licen[sc]e*' -type f | LC_ALL=C sort | while read -r LICENCE; do
            echo
            cat "$LICENCE"
        done
    done
} > "$HERE/LICENSES.txt"
