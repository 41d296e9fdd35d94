using System.Text.Json;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Messages;

/// <summary>
/// Messages as text: <c>{"reconcileDay1":{"day":"2026-11-20"}}</c>, the property naming type and version.
/// </summary>
public static class MessageFormat
{
    /// <summary>The text of a message, well under the 64 KiB that a queue takes.</summary>
    public static string Write(LedgerMessage message, string? traceParent)
    {
        var wire = message switch
        {
            CollectRunMessage collect => new MessageWire { CollectRun = ToWire(collect, traceParent) },
            ReconcileDayMessage day => new MessageWire
            {
                ReconcileDay = new ReconcileDayWire { Day = day.Day, TraceParent = traceParent },
            },
            EvaluateBudgetsMessage day => new MessageWire
            {
                EvaluateBudgets = new EvaluateBudgetsWire { Day = day.Day, TraceParent = traceParent },
            },
            ExportReportMessage export => new MessageWire
            {
                ExportReport = new ExportReportWire { Enterprise = export.Enterprise, TraceParent = traceParent },
            },
            _ => throw new InvalidOperationException($"{message.GetType().Name} has no wire form."),
        };
        return JsonSerializer.Serialize(wire, MessageWireJson.Default.MessageWire);
    }

    /// <summary>The message of a text; null when it is none that this version knows.</summary>
    public static MessageEnvelope? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, MessageWireJson.Default.MessageWire) switch
            {
                { CollectRun: { } collect } => Read(collect),
                { ReconcileDay: { } day } => new MessageEnvelope(new ReconcileDayMessage(day.Day), day.TraceParent),
                { EvaluateBudgets: { } day } =>
                    new MessageEnvelope(new EvaluateBudgetsMessage(day.Day), day.TraceParent),
                { ExportReport: { Enterprise.Length: > 0 } export } =>
                    new MessageEnvelope(new ExportReportMessage(export.Enterprise), export.TraceParent),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CollectRunWire ToWire(CollectRunMessage message, string? traceParent) => new()
    {
        Host = message.Run.Host,
        Owner = message.Run.Owner,
        Repository = message.Run.RepositoryName,
        RepositoryId = message.Run.RepositoryId,
        RunId = message.Run.RunId,
        Attempt = message.Run.Attempt,
        InstallationId = message.InstallationId,
        Tries = message.Tries == 0 ? null : message.Tries,
        Waits = message.Waits == 0 ? null : message.Waits,
        Parts = message.Parts == 0 ? null : message.Parts,
        Memory = ArtifactMemoryWire.Of(message.Memory),
        TraceParent = traceParent,
    };

    private static MessageEnvelope? Read(CollectRunWire wire)
    {
        var run = RunIdentity.Of(
            wire.Host, $"{wire.Owner}/{wire.Repository}", wire.RunId, wire.Attempt, wire.RepositoryId);
        return run is null
            ? null
            : new MessageEnvelope(
                new CollectRunMessage(run, wire.InstallationId)
                {
                    // What another program put there must not count backwards.
                    Tries = Math.Max(0, wire.Tries ?? 0),
                    Waits = Math.Max(0, wire.Waits ?? 0),
                    Parts = Math.Max(0, wire.Parts ?? 0),
                    Memory = ArtifactMemoryWire.Read(wire.Memory),
                },
                wire.TraceParent);
    }
}
