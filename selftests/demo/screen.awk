# SPDX-License-Identifier: GPL-2.0
#
# screen.awk - turn a terminal's screen, as tmux capture-pane -e prints it, into SVG
#
# Of attributes: bold, underlined, reversed, and the eight colours.  Each character
# takes one cell.

BEGIN {
	cell = 8.4
	height = 17
	split("#2e3436 #cc0000 #3c8a00 #a07400 #204a87 #75507b #06989a #888a85", colour, " ")
}

function escaped(text)
{
	gsub(/&/, "\\&amp;", text)
	gsub(/</, "\\&lt;", text)
	gsub(/>/, "\\&gt;", text)
	return text
}

# Apply the numbers of one escape sequence, such as "1;32".
function take(sequence,    n, number, i)
{
	n = split(sequence == "" ? "0" : sequence, number, ";")
	for (i = 1; i <= n; i++) {
		if (number[i] == 0)
			bold = line = reverse = foreground = 0
		else if (number[i] == 1)
			bold = 1
		else if (number[i] == 4)
			line = 1
		else if (number[i] == 7)
			reverse = 1
		else if (number[i] >= 30 && number[i] <= 37)
			foreground = number[i] - 29
		else if (number[i] == 39)
			foreground = 0
	}
}

# How many characters that is: not all awks know UTF-8.
function cells(text)
{
	gsub(/[\200-\277]/, "", text)
	return length(text)
}

# Draw characters with the current attributes, from column x on.
function put(text, x,    paint, width)
{
	if (text == "")
		return
	width = cells(text) * cell
	paint = foreground ? colour[foreground] : "#2e3436"
	if (reverse) {
		out = out sprintf("<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
			x * cell + 8, row * height + 6, width, height, paint)
		paint = "#ffffff"
	}
	if (text !~ /^ *$/)
		out = out sprintf("<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\" fill=\"%s\"%s%s>%s</text>\n",
			x * cell + 8, row * height + 19, width, paint,
			bold ? " font-weight=\"bold\"" : "",
			line ? " text-decoration=\"underline\"" : "", escaped(text))
}

{
	rest = $0
	x = 0
	while (match(rest, /\033\[[0-9;]*m/)) {
		text = substr(rest, 1, RSTART - 1)
		put(text, x)
		x += cells(text)
		take(substr(rest, RSTART + 2, RLENGTH - 3))
		rest = substr(rest, RSTART + RLENGTH)
	}
	put(rest, x)
	x += cells(rest)
	widest = x > widest ? x : widest
	row++
}

END {
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"14\" xml:space=\"preserve\">\n",
		widest * cell + 16, row * height + 12
	print "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\" stroke=\"#888a85\"/>"
	printf "%s</svg>\n", out
}
