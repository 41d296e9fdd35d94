using TokenLedger.Application.Configuration;

namespace TokenLedger.Providers.Http;

/// <summary>One question for a page of a cost report.</summary>
/// <param name="Url">The address; it holds no secret.</param>
/// <param name="Key">The key.</param>
/// <param name="KeyName">What the key is called in messages: <c>key of source acme</c>.</param>
/// <param name="Subject">What is asked for, after "for".</param>
internal sealed record CostReportQuestion(Uri Url, Secret Key, string KeyName, string Subject);
