using Sluice.Api.Settings;
using Xunit;

namespace Sluice.Api.Tests.Settings;

public sealed class SmtpOptionsTests
{
    [Fact]
    public void AUser_IsDecoded_AndMeansTls_OnThePortOfSubmission()
    {
        var options = Read(
            "smtp://mail%40example.com:p%40ss%2F%3A%25@mail.example.com?from=Sluice%20%3Cs%2Bx@a.org%3E");

        Assert.Equal(
            ("mail.example.com", 587, "mail@example.com", "p@ss/:%", true, "s+x@a.org", "Sluice"),
            (options.Host, options.Port, options.User, options.Password, options.StartTls, options.From!.Address,
                options.From.Name));
    }

    [Fact]
    public void WithoutAUser_ItIsARelay_InTheClear()
    {
        var options = Read("smtp://relay");

        Assert.Equal((25, null, false, null), (options.Port, options.User, options.StartTls, options.From?.Address));
        Assert.Equal(TimeSpan.FromSeconds(30), options.Timeout);
    }

    [Theory]
    [InlineData("smtp://user:hunter2@127.0.0.1:25?starttls=false")]
    [InlineData("smtp://user:hunter2@[::1]?starttls=false")]
    [InlineData("smtp://user:hunter2@localhost?starttls=false")]
    public void ToThisMachine_APasswordMayGoInTheClear(string text) => Assert.False(Read(text).StartTls);

    [Theory]
    [InlineData("smtps://user:hunter2@mail.example.com", "is like")]
    [InlineData("user:hunter2@mail.example.com", "is like")]
    [InlineData("smtp://user:hunter2@mail.example.com?starttls=false", "in the clear")]
    [InlineData("smtp://user@mail.example.com", "without a password")]
    [InlineData("smtp://:hunter2@mail.example.com", "without a password")]
    [InlineData("smtp://user:hunter2%0D@mail.example.com", "control characters")]
    [InlineData("smtp://user:hunter2@mail.example.com/path", "path")]
    [InlineData("smtp://user:hunter2@mail.example.com?starttls=yes", "neither true nor false")]
    [InlineData("smtp://user:hunter2@mail.example.com?from=nobody", "'from'")]
    [InlineData("smtp://user:hunter2@mail.example.com?from=a@b.org%0D%0ABcc:c@d.org", "'from'")]
    [InlineData("smtp://user:hunter2@mail.example.com?timeout=0", "'timeout'")]
    [InlineData("smtp://user:hunter2@mail.example.com?timeout=61", "'timeout'")]
    [InlineData("smtp://user:hunter2@mail.example.com?hunter2", "beside")]
    [InlineData("smtp://user:hunter2@mail.example.com?from=a@b.org&from=c@d.org", "twice")]
    public void WhatIsWrong_IsSaid_WithoutThePassword(string text, string says)
    {
        var failures = new List<string>();

        Assert.Null(SmtpOptions.Read(text, failures));

        Assert.Contains(says, Assert.Single(failures));
        Assert.DoesNotContain("hunter2", failures[0]);
    }

    private static SmtpOptions Read(string text)
    {
        var failures = new List<string>();
        var options = SmtpOptions.Read(text, failures);
        Assert.Empty(failures);
        return options!;
    }
}
