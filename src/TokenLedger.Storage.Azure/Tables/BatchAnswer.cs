using System.Globalization;
using System.Text.RegularExpressions;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>What a batch's multipart answer says. The outer status is 202 even when nothing happened.</summary>
internal sealed partial record BatchAnswer(int Status, string? ErrorCode, int? FailedIndex)
{
    /// <summary>Reads the first inner status: on failure it is the only one.</summary>
    /// <returns>Null when there is no inner answer.</returns>
    public static BatchAnswer? Read(string text)
    {
        if (StatusLine().Match(text) is not { Success: true } line)
            return null;
        var status = int.Parse(line.Groups["status"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        if (status is >= 200 and < 300)
            return new(status, null, null);
        var code = ErrorCodePattern().Match(text, line.Index);
        return new(status, code.Success ? code.Groups["code"].Value : null, IndexOfCulprit(text, line.Index));
    }

    // The message begins with the index from 0; Content-ID, which not every answer has, is ours and counts from 1.
    private static int? IndexOfCulprit(string text, int start)
    {
        var index = Number(MessageIndex().Match(text, start)) ?? Number(ContentId().Match(text)) - 1;
        return index is >= 0 and < TableLimits.BatchOperationsMax ? index : null;
    }

    private static int? Number(Match match) => match.Success
        ? int.Parse(match.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
        : null;

    public StorageOutcome? Outcome => Status is >= 200 and < 300
        ? StorageOutcome.Done
        : ExpectedFailures.Find(Status, ErrorCode);

    [GeneratedRegex(@"^HTTP/1\.1 (?<status>[1-5][0-9]{2})", RegexOptions.Multiline, 1000)]
    private static partial Regex StatusLine();

    [GeneratedRegex("\"code\"\\s*:\\s*\"(?<code>[A-Za-z0-9]{1,64})\"", RegexOptions.None, 1000)]
    private static partial Regex ErrorCodePattern();

    [GeneratedRegex("\"value\"\\s*:\\s*\"(?<index>[0-9]{1,3}):", RegexOptions.None, 1000)]
    private static partial Regex MessageIndex();

    [GeneratedRegex(@"^Content-ID: (?<index>[0-9]{1,3})\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ContentId();
}
