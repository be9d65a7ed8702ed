using System.Text;
using Sluice.Api.Webhooks;
using Xunit;

namespace Sluice.Api.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    /// <summary>The vector that the reference libraries of Standard Webhooks are tested with.</summary>
    private const string Secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string MessageId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;
    private const string Body = """{"test": 2432232314}""";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly byte[] Key = Convert.FromBase64String(Secret);

    [Fact]
    public void TheStandardsVector_IsSignedAsTheStandardSays() =>
        Assert.Equal(Signature, WebhookSignature.Of([Key], MessageId, Timestamp, Body));

    [Fact]
    public void TwoSecrets_MakeTwoSignatures_WithABlankBetween()
    {
        var other = Encoding.UTF8.GetBytes("another secret of the same webhook");

        var both = WebhookSignature.Of([other, Key], MessageId, Timestamp, Body).Split(' ');

        Assert.Equal([WebhookSignature.Of([other], MessageId, Timestamp, Body), Signature], both);
    }

    [Theory]
    [InlineData("msg_2", Timestamp, Body)]
    [InlineData(MessageId, Timestamp + 1, Body)]
    [InlineData(MessageId, Timestamp, """{"test":2432232314}""")]
    public void AnythingElse_IsSignedOtherwise(string messageId, long timestamp, string body) =>
        Assert.NotEqual(Signature, WebhookSignature.Of([Key], messageId, timestamp, body));

    [Fact]
    public void ASecret_Is256RandomBits_InTheStandardsForm()
    {
        var (one, other) = (WebhookSecret.Make(), WebhookSecret.Make());

        Assert.NotEqual(one, other);
        Assert.StartsWith("whsec_", WebhookSecret.TextOf(one));
        Assert.Equal(one, Convert.FromBase64String(WebhookSecret.TextOf(one)["whsec_".Length..]));
        Assert.Equal(32, one.Length);
    }
}
