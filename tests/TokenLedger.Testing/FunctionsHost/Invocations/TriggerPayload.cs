using TokenLedger.Storage.Azure.Queues;

namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <summary>The bodies that the host posts for triggers that are not HTTP.</summary>
/// <remarks>Shapes read from the host's source; the queue's measured against its serialiser (2026-11).</remarks>
public static class TriggerPayload
{
    /// <param name="binding">The trigger's name.</param>
    /// <param name="function">Its name.</param>
    /// <param name="text">The message as the host decoded it, or left it.</param>
    /// <param name="message">As it was taken.</param>
    /// <param name="mark">Of this invocation.</param>
    public static string ForMessage(
        string binding, string function, string text, QueueMessage message, InvocationMark mark)
    {
        var metadata = MessageMetadata.Of(message, text, function, mark)
            .Select(entry => $"{JsonText.Quote(entry.Key)}:{entry.Value}");
        var value = JsonText.Quote(JsonText.Quote(text));
        return $$$"""{"Data":{{{{JsonText.Quote(binding)}}}:{{{value}}}},"Metadata":{{{{string.Join(',', metadata)}}}}}""";
    }

    /// <param name="binding">The trigger's name.</param>
    /// <param name="function">Its name.</param>
    /// <param name="status">Null without monitoring.</param>
    /// <param name="mark">Of this invocation.</param>
    public static string ForTimer(string binding, string function, TimerStatus? status, InvocationMark mark)
    {
        var times = status is null
            ? "null"
            : $$"""{"Last":"{{InstantText.Utc(status.Last)}}","LastUpdated":"{{InstantText.Utc(status.LastUpdated)}}","Next":"{{InstantText.Utc(status.Next)}}"}""";
        var timer = $$"""{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{{times}},"IsPastDue":false}""";
        var system = MessageMetadata.System(function, mark);
        return $$$"""{"Data":{{{{JsonText.Quote(binding)}}}:{{{timer}}}},"Metadata":{"sys":{{{system}}}}}""";
    }
}
