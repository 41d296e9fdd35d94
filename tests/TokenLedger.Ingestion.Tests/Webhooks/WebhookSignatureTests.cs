using System.Text;
using TokenLedger.Ingestion.Webhooks;

namespace TokenLedger.Ingestion.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    // Both by: printf '%s' BODY | openssl dgst -sha256 -hmac SECRET
    private const string New = "sha256=2ea659015a7cb1490bc21bff46e470720f54115b99c981ece96d1a7516a0c559";
    private const string Old = "sha256=2b780a5ea9306273dbecbab915ef047c0aec58ba8f736b64f6f6610f1da78013";
    private const string OfNothing = "sha256=101408a980bd2fd8511425e0f883ff9d6f7ee1b2d1248f78d8b9f39e0ccdb432";
    private const string NewSecret = "correct horse battery staple";
    private const string OldSecret = "the old secret";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"action":"completed","zen":"Ünïcode"}""");

    [Fact]
    public void What_the_secret_signed_is_valid() =>
        Assert.Equal(SignatureVerdict.Valid, new WebhookSignature([NewSecret]).Check(New, Body));

    [Fact]
    public void An_empty_body_can_be_signed_too() =>
        Assert.Equal(SignatureVerdict.Valid, new WebhookSignature([NewSecret]).Check(OfNothing, []));

    [Fact]
    public void Hexadecimal_digits_are_the_same_in_either_case() => Assert.Equal(
        SignatureVerdict.Valid,
        new WebhookSignature([NewSecret]).Check("sha256=" + New[7..].ToUpperInvariant(), Body));

    [Theory]
    [InlineData(New)]
    [InlineData(Old)]
    public void During_a_rotation_either_secret_counts(string header)
    {
        Assert.Equal(SignatureVerdict.Valid, new WebhookSignature([OldSecret, NewSecret]).Check(header, Body));
        Assert.Equal(SignatureVerdict.Valid, new WebhookSignature([NewSecret, OldSecret]).Check(header, Body));
    }

    [Fact]
    public void After_a_rotation_the_old_secret_is_wrong() =>
        Assert.Equal(SignatureVerdict.Wrong, new WebhookSignature([NewSecret]).Check(Old, Body));

    [Fact]
    public void A_body_changed_in_any_one_byte_is_wrong()
    {
        var signature = new WebhookSignature([NewSecret]);
        for (var at = 0; at < Body.Length; at++)
        {
            var changed = Body.ToArray();
            changed[at] ^= 1;
            Assert.Equal(SignatureVerdict.Wrong, signature.Check(New, changed));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void No_signature_is_told_from_a_wrong_one(string? header) =>
        Assert.Equal(SignatureVerdict.Missing, new WebhookSignature([NewSecret]).Check(header, Body));

    public static TheoryData<string> MalformedHeaders() =>
    [
        New[7..],
        "SHA256=" + New[7..],
        "sha1=" + New[7..],
        New[..^1],
        New + "0",
        New[..^1] + "g",
        New[..^1] + "\u0661",
        " " + New[..^1],
        New + "," + New,
        "sha256=",
        "sha256=" + new string('=', 64),
        new string('x', 100_000),
    ];

    [Theory]
    [MemberData(nameof(MalformedHeaders))]
    public void A_header_of_another_form_is_malformed(string header) =>
        Assert.Equal(SignatureVerdict.Malformed, new WebhookSignature([NewSecret]).Check(header, Body));

    [Theory]
    [InlineData("")]
    [InlineData("|")]
    [InlineData(" ")]
    [InlineData(NewSecret + "|")]
    [InlineData("\t|" + NewSecret)]
    [InlineData("1|2|3|4|5|6|7|8|9")]
    public void Without_a_usable_secret_there_is_no_check_at_all(string joined)
    {
        string[] secrets = joined.Length == 0 ? [] : joined.Split('|');
        var fault = Assert.Throws<ArgumentException>(() => new WebhookSignature(secrets));
        Assert.DoesNotContain(NewSecret, fault.Message, StringComparison.Ordinal);
    }
}
