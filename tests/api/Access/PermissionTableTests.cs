using Sluice.Api.Access;
using Xunit;

namespace Sluice.Api.Tests.Access;

/// <summary>The table has a row for everything, and tokens can be limited to each.</summary>
public sealed class PermissionTableTests
{
    [Fact]
    public void EveryPermission_HasARow_WithANameOfItsOwn()
    {
        Assert.Equal(Enum.GetValues<Permission>().Order(), PermissionTable.Rows.Keys.Order());
        var names = PermissionTable.Rows.Values.Select(static grant => grant.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, static name => Assert.Matches("^[a-z-]+:[a-z-]+$", name));
    }

    [Fact]
    public void WhatAnAdministratorMay_TheOwnerMay_AndMembersMayLess()
    {
        foreach (var (permission, grant) in PermissionTable.Rows)
        {
            Assert.True(grant.Owner || !grant.Administrator, $"{permission}");
            Assert.True(grant.Administrator || grant.ProjectAdministrator == PermissionScope.None, $"{permission}");
            Assert.True(grant.ProjectAdministrator >= grant.Member, $"{permission}");
        }
    }

    [Theory]
    [InlineData("*", Permission.ManageProjects, true)]
    [InlineData("write", Permission.ManageProjects, true)]
    [InlineData("read", Permission.ReadUsage, true)]
    [InlineData("read", Permission.ManageProjects, false)]
    [InlineData("projects:*", Permission.ManageProjects, true)]
    [InlineData("projects:write", Permission.ManageProjects, true)]
    [InlineData("projects:read", Permission.ManageProjects, false)]
    [InlineData("projects:read", Permission.ReadProjects, true)]
    [InlineData("keys:manage", Permission.ManageProjectKeys, true)]
    [InlineData("keys:manage", Permission.ManageProjects, false)]
    internal void AScope_CoversWhatItSays(string scope, Permission permission, bool covers)
    {
        Assert.True(TokenScopes.Exists(scope));
        Assert.Equal(covers, TokenScopes.Cover([scope], PermissionTable.Rows[permission]));
    }
}
