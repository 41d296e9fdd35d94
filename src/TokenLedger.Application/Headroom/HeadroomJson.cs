using System.Text.Json.Serialization;

namespace TokenLedger.Application.Headroom;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<HeldReservation>))]
internal sealed partial class HeadroomJson : JsonSerializerContext;
