namespace TokenLedger.Storage.Azure.Tests.Fakes;

public sealed record SentRequest(string Method, Uri Address, IReadOnlyDictionary<string, string> Headers, string Body);
