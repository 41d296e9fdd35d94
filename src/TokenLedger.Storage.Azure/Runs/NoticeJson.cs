using System.Text.Json.Serialization;
using TokenLedger.Domain;

namespace TokenLedger.Storage.Azure.Runs;

[JsonSerializable(typeof(IReadOnlyList<Notice>))]
internal sealed partial class NoticeJson : JsonSerializerContext;
