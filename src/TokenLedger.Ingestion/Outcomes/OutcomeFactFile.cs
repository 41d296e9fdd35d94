using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using TokenLedger.Domain.Outcomes;

namespace TokenLedger.Ingestion.Outcomes;

/// <summary>A fact as the archive keeps it, <c>tokenledger/outcome-fact/v1</c>. Equal facts are equal bytes.</summary>
public static class OutcomeFactFile
{
    private const string Schema = "tokenledger/outcome-fact/v1";
    private const int NameCharacters = 32;

    /// <summary>The file's name: made of its bytes, so that a fact that is told again is there already.</summary>
    public static string NameOf(ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(SHA256.HashData(content))[..NameCharacters] + ".json";

    /// <summary>The file's bytes.</summary>
    public static byte[] Create(OutcomeFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return JsonSerializer.SerializeToUtf8Bytes(
            new Wire(
                Schema, fact.At, fact as OutcomeSnapshot, fact as ReviewThreadFact, fact as RevertFact),
            OutcomeFactJson.Default.Wire);
    }

    /// <summary>The fact of a file; null when the bytes are none.</summary>
    public static OutcomeFact? Parse(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, OutcomeFactJson.Default.Wire) is { Schema: Schema } wire
                ? (OutcomeFact?)wire.Snapshot ?? (OutcomeFact?)wire.Thread ?? wire.Revert
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record Wire(
        string? Schema, DateTimeOffset At, OutcomeSnapshot? Snapshot, ReviewThreadFact? Thread, RevertFact? Revert);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OutcomeFactFile.Wire))]
internal sealed partial class OutcomeFactJson : JsonSerializerContext;
