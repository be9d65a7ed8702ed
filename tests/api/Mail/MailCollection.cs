using Xunit;

namespace Sluice.Api.Tests.Mail;

/// <summary>Tests that share one node and one mail server, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class MailCollection : ICollectionFixture<MailHost>
{
    public const string Name = "mail";
}
