using System.Text;
using System.Text.Json;
using TokenLedger.Application.Messages;
using TokenLedger.Functions.Triggers;

namespace TokenLedger.Functions.Tests.Triggers;

public sealed class InvocationPayloadTests
{
    private const string Message = """{"reconcileDay1":{"day":"2026-11-20"}}""";

    public static TheoryData<string> Forms() =>
    [
        // As the host sends text: a JSON string inside a JSON string.
        Payload(Quoted(Quoted(Message))),
        // As the documentation's sample has it.
        Payload(Quoted(Message)),
        // As an object.
        Payload(Message),
        // As Event Grid or a person's tool may have put it.
        Payload(Quoted(Quoted(Base64(Message)))),
        Payload(Quoted(Base64(Message))),
        // Keys in any case, other bindings and metadata beside it.
        $$"""{"metadata":{"message":"\"{}\"","Id":"\"x\""},"data":{"other":"1","MESSAGE":{{Quoted(Quoted(Message))}} } }""",
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_message_is_found_in_every_form_that_the_host_has(string payload)
    {
        var text = InvocationPayload.MessageOf(Encoding.UTF8.GetBytes(payload), "message");

        Assert.NotNull(text);
        var envelope = MessageFormat.Read(MessageText.Decode(text));
        Assert.Equal(new ReconcileDayMessage(new DateOnly(2026, 11, 20)), envelope!.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Data":null}""")]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Data":{"message":7}}""")]
    [InlineData("""{"Data":{"message":null}}""")]
    [InlineData("""{"Metadata":{"message":"{}"}}""")]
    [InlineData("""{"Data":{"message":"\ud800"}}""")]
    [InlineData("""{"Data":{"message":"x""")]
    public void A_payload_without_a_message_is_told_and_never_throws(string payload) =>
        Assert.Null(InvocationPayload.MessageOf(Encoding.UTF8.GetBytes(payload), "message"));

    [Fact]
    public void A_payload_cut_anywhere_never_throws()
    {
        var whole = Encoding.UTF8.GetBytes(Payload(Quoted(Quoted(Message))));
        for (var length = 0; length < whole.Length; length++)
            Assert.Null(InvocationPayload.MessageOf(whole.AsMemory(0, length), "message"));
    }

    [Theory]
    [InlineData("done")]
    [InlineData("a \"quoted\" line\n")]
    [InlineData("")]
    public void An_answer_is_never_empty_and_has_no_outputs(string log)
    {
        using var answer = JsonDocument.Parse(InvocationResult.Of(log));

        Assert.Empty(answer.RootElement.GetProperty("Outputs").EnumerateObject());
        Assert.Equal(log, answer.RootElement.GetProperty("Logs")[0].GetString());
    }

    [Fact]
    public void A_long_line_of_the_log_is_cut()
    {
        using var answer = JsonDocument.Parse(InvocationResult.Of(new string('x', 100_000)));

        Assert.Equal(1_000, answer.RootElement.GetProperty("Logs")[0].GetString()!.Length);
    }

    private static string Payload(string message) => $$"""{"Data":{"message":{{message}} },"Metadata":{"sys":{} } }""";

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
