using System.Globalization;
using System.Text;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Rows;

/// <summary>Texts longer than a column's 32,768 characters: <c>name</c>, <c>name2</c>, <c>name3</c> and on.</summary>
internal static class LongText
{
    private const int PartCharacters = 30_000;

    // All of them fill a row; what is longer is refused by the row's own limit.
    private const int PartsMax = 16;

    public static IEnumerable<(string Column, string Text)> Split(string column, string text)
    {
        var number = 1;
        for (var at = 0; at == 0 || at < text.Length; number++)
        {
            var length = Math.Min(PartCharacters, text.Length - at);
            if (at + length < text.Length && char.IsHighSurrogate(text[at + length - 1]))
                length--;
            yield return (NameOf(column, number), text.Substring(at, length));
            at += Math.Max(1, length);
        }

        if (number - 1 > PartsMax)
            throw new ArgumentException($"A text of column {column} is larger than a row.", nameof(text));
    }

    public static void AddTo(TableColumns columns, string column)
    {
        for (var number = 1; number <= PartsMax; number++)
            columns.Add(NameOf(column, number), TableColumnKind.Text);
    }

    public static string Read(TableEntity row, string column)
    {
        var text = new StringBuilder(row.KnownText(column));
        for (var number = 2; number <= PartsMax && row.Text(NameOf(column, number)) is { } part; number++)
            text.Append(part);
        return text.ToString();
    }

    private static string NameOf(string column, int number) =>
        number == 1 ? column : column + number.ToString(CultureInfo.InvariantCulture);
}
