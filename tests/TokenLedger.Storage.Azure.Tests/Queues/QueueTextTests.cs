using TokenLedger.Storage.Azure.Queues;

namespace TokenLedger.Storage.Azure.Tests.Queues;

public sealed class QueueTextTests
{
    [Theory]
    [InlineData("eyJwYXJzZVJ1bjEiOnt9fQ==", "{\"parseRun1\":{}}")]
    [InlineData("{\"parseRun1\":{}}", "{\"parseRun1\":{}}")]
    [InlineData("", "")]
    [InlineData("not Base64!", "not Base64!")]
    // Base64 in form, but of no text.
    [InlineData("abcd", "abcd")]
    [InlineData("AAAA", "AAAA")]
    [InlineData("/////w==", "/////w==")]
    public void Both_encodings_are_read(string wire, string text) => Assert.Equal(text, QueueText.Decode(wire));

    [Theory]
    [InlineData("naïve ключ 🦊")]
    [InlineData("{\"a\":\"line\\nbreak\"}\r\n")]
    public void What_was_written_is_read(string text) =>
        Assert.Equal(text, QueueText.Decode(QueueText.Encode(text, QueueTextEncoding.Base64)));
}
