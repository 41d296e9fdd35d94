using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Domain.Findings;

namespace TokenLedger.Application.Findings;

/// <summary>The ids of findings and actions: digests of what they are about. People type the beginning.</summary>
public static class FindingId
{
    /// <summary>How many characters are shown: one in a trillion pairs looks alike.</summary>
    public const int ShownLength = 10;

    /// <summary>Fewer characters name nothing.</summary>
    public const int LengthMin = 6;

    private const int Length = 32;

    /// <summary>The id of a finding: 32 hexadecimal digits of code, subject and day.</summary>
    public static string Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Digest(
            finding.Code, finding.Subject, finding.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>The id of an action: what is done, and to which run or workflow, whatever found it.</summary>
    public static string OfAction(params ReadOnlySpan<string> parts) => Digest(parts);

    /// <summary>What is shown of an id.</summary>
    public static string Short(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id[..Math.Min(ShownLength, id.Length)];
    }

    /// <summary>Whether a text that somebody typed is the beginning of an id.</summary>
    public static bool Names(string typed, string id) =>
        typed.Length >= LengthMin && id.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private static string Digest(params ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..Length];
}
