using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Application.Archiving;

/// <summary>
/// A taking as the archive keeps it, <c>tokenledger/bill-taking/v1</c>, one file for each set of hints.
/// </summary>
public static class BillTakingFile
{
    private const string Schema = "tokenledger/bill-taking/v1";
    private const int NameCharacters = 16;

    /// <summary>The file's name: the same hints have the same, so that the first taking of them stays.</summary>
    public static string NameOf(BillTaking taking)
    {
        ArgumentNullException.ThrowIfNull(taking);
        var hints = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
            '\0', taking.Hints.Organization, taking.Hints.Enterprise, taking.Hints.User, taking.Hints.CostCenter,
            taking.Hints.Day?.ToString("O"), taking.Hints.Channel?.ToString()))));
        return hints[..NameCharacters] + ".json";
    }

    /// <summary>The file's bytes.</summary>
    public static byte[] Create(BillTaking taking)
    {
        ArgumentNullException.ThrowIfNull(taking);
        var hints = taking.Hints;
        return JsonSerializer.SerializeToUtf8Bytes(
            new BillTakingWire(
                Schema, taking.ObservedAt, hints.Organization, hints.Enterprise, hints.User, hints.CostCenter,
                hints.Day, hints.Channel?.ToString()),
            BillTakingJson.Default.BillTakingWire);
    }

    /// <summary>The taking of a file; null when the bytes are none.</summary>
    public static BillTaking? Parse(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, BillTakingJson.Default.BillTakingWire) is
                { Schema: Schema, ObservedAt: { } observedAt } wire
                ? new BillTaking(
                    new BillHints
                    {
                        Organization = wire.Organization,
                        Enterprise = wire.Enterprise,
                        User = wire.User,
                        CostCenter = wire.CostCenter,
                        Day = wire.Day,
                        Channel = wire.Channel is { } channel ? new Channel(channel) : null,
                    },
                    observedAt)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record BillTakingWire(
        string? Schema, DateTimeOffset? ObservedAt, string? Organization, string? Enterprise, string? User,
        string? CostCenter, DateOnly? Day, string? Channel);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BillTakingFile.BillTakingWire))]
internal sealed partial class BillTakingJson : JsonSerializerContext;
