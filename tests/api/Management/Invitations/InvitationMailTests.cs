using System.Text;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Invitations;

/// <summary>The queued mails of invitations. Sending them is tested elsewhere.</summary>
[Collection<MembersNode>]
public sealed class InvitationMailTests(NodeHost host)
{
    private const int Waiting = 0;
    private const int Cancelled = 3;

    [Fact]
    public async Task AnInvitation_HasAMail_WithItsLinkSealed()
    {
        var owner = await Person.OwnerAsync(host);

        var invitation = await owner.InviteAsync("bob@example.com");

        var id = invitation.String("id");
        Assert.Equal(Waiting, await StateAsync(id, 1));
        Assert.Equal("invitation bob@example.com en", await host.QueryAsync<string>(
            "select kind || ' ' || recipients[1] || ' ' || language from mail where message_id like $1", $"{id}.1@%"));
        var model = (await host.QueryAsync<string>(
            "select model::text from mail where message_id like $1", $"{id}.1@%"))!;
        var fields = JsonDocument.Parse(model).RootElement;
        Assert.Equal("Aurora", fields.GetProperty("tenant").GetString());
        Assert.Equal("ada", fields.GetProperty("invitedBy").GetString());
        Assert.Equal("member", fields.GetProperty("role").GetString());
        var kept = await host.QueryAsync<byte[]>("select sealed from mail where message_id like $1", $"{id}.1@%");
        Assert.NotNull(kept);
        Assert.False(kept.AsSpan().IndexOf(Encoding.UTF8.GetBytes(invitation.Token())) >= 0);
        Assert.DoesNotContain(invitation.Token(), model);
    }

    [Fact]
    public async Task ResendingAndEnding_KeepOldMailFromGoingOut()
    {
        var owner = await Person.OwnerAsync(host);
        var revoked = (await owner.InviteAsync("bob@example.com")).String("id");
        var accepted = await owner.InviteAsync("cleo@example.com");

        await owner.Api.PostAsync($"{owner.InvitationsPath()}/{revoked}/resend");
        Assert.Equal((Cancelled, Waiting), (await StateAsync(revoked, 1), await StateAsync(revoked, 2)));
        await owner.Api.DeleteAsync($"{owner.InvitationsPath()}/{revoked}");
        Assert.Equal((Cancelled, Cancelled), (await StateAsync(revoked, 1), await StateAsync(revoked, 2)));

        Assert.Equal(Waiting, await StateAsync(accepted.String("id"), 1));
        await host.AcceptAsync(accepted.Token(), "cleo");
        Assert.Equal(Cancelled, await StateAsync(accepted.String("id"), 1));
        Assert.Equal(
            0L, await host.QueryAsync<long>("select count(*) from mail where state = 3 and sealed is not null"));
    }

    private async Task<int> StateAsync(string invitation, int sending) => await host.QueryAsync<short>(
        "select state from mail where message_id like $1", $"{invitation}.{sending}@127.0.0.1");
}
