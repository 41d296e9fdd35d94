using TokenLedger.Storage.Azure.Queues;
using TokenLedger.Testing.FunctionsHost.Invocations;

namespace TokenLedger.Functions.Tests.HostDouble;

public sealed class TriggerPayloadTests
{
    private const string System =
        """{"MethodName":"Collect","UtcNow":"2026-11-22T01:02:04.5Z","RandGuid":"00000000-0000-0000-0000-000000000002"}""";

    private static readonly InvocationMark Mark = new(
        new(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
        new(2026, 11, 22, 1, 2, 4, 500, TimeSpan.Zero),
        new("00000000-0000-0000-0000-000000000002"));

    [Fact]
    public void A_message_arrives_quoted_twice_with_its_metadata() => Assert.Equal(
        """{"Data":{"job":"\"{\\\"repo\\\":\\\"acme/widgets\\\",\\\"run\\\":7}\""}"""
        + ""","Metadata":{"DequeueCount":"1","Id":"\"0f6c\"","PopReceipt":"\"AgAA\"","InsertionTime":"2026-11-22T01:02:03+00:00","ExpirationTime":"9999-12-31T23:59:59+00:00","NextVisibleTime":"2026-11-22T01:12:03+00:00","sys":"""
        + System + ""","repo":"\"acme/widgets\"","run":"\"7\""}}""",
        Payload("""{"repo":"acme/widgets","run":7}"""));

    [Theory]
    [InlineData("plain", """{"Data":{"job":"\"plain\""},""")]
    [InlineData("a \"b\" \\ \n <ключ> 🦊", """{"Data":{"job":"\"a \\\"b\\\" \\\\ \\n <ключ> 🦊\""},""")]
    [InlineData("eyJhIjoxfQ==", """{"Data":{"job":"\"eyJhIjoxfQ==\""},""")]
    [InlineData("", """{"Data":{"job":"\"\""},""")]
    public void Any_text_arrives_quoted_twice(string text, string expected) =>
        Assert.StartsWith(expected, Payload(text), StringComparison.Ordinal);

    [Fact]
    public void An_object_messages_properties_overwrite_the_metadata_ignoring_case() => Assert.Contains(
        """{"DequeueCount":"\"999\"","Id":"\"forged\"","PopReceipt":"\"AgAA\"",""",
        Payload("""{"id":"forged","DequeueCount":999}"""),
        StringComparison.Ordinal);

    [Fact]
    public void Arrays_nulls_and_trigger_values_are_not_copied_and_objects_are_copied_whole() => Assert.EndsWith(
        System + ""","o":{"b":[1,"<é>"]},"yes":"\"True\"","half":"\"0.5\""}}""",
        Payload("""{"list":[1],"none":null,"QueueTrigger":"x","o": {"b": [1, "<é>"]},"yes":true,"half":5e-1}"""),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    public void What_is_no_object_adds_nothing(string text) =>
        Assert.EndsWith(System + "}}", Payload(text), StringComparison.Ordinal);

    [Fact]
    public void A_timer_arrives_as_an_object() => Assert.Equal(
        """{"Data":{"tick":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"2026-11-22T00:00:00Z","LastUpdated":"2026-11-22T00:00:00Z","Next":"2026-11-22T01:00:00Z"},"IsPastDue":false}},"Metadata":{"sys":"""
        + System + "}}",
        TriggerPayload.ForTimer("tick", "Collect", new(At(0), At(0), At(1)), Mark));

    [Fact]
    public void A_timer_without_monitoring_has_no_status() => Assert.StartsWith(
        """{"Data":{"tick":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}},""",
        TriggerPayload.ForTimer("tick", "Collect", null, Mark),
        StringComparison.Ordinal);

    private static string Payload(string text) => TriggerPayload.ForMessage(
        "job",
        "Collect",
        text,
        new QueueMessage("0f6c", "AgAA", text, 1)
        {
            WireText = text,
            InsertedAt = At(1).AddMinutes(2).AddSeconds(3),
            ExpiresAt = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero),
            NextVisibleAt = At(1).AddMinutes(12).AddSeconds(3),
        },
        Mark);

    private static DateTimeOffset At(int hour) => new(2026, 11, 22, hour, 0, 0, TimeSpan.Zero);
}
