using System.Text;

namespace TokenLedger.Functions.Tests.HostDouble;

internal sealed record SeenRequest(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}
