package io.distillwatch.helm;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** The table "Kafka ACLs" of the chart's README, as ACLs. */
final class ReadmeAcls {

    private ReadmeAcls() {}

    /** The rows of the README, an ACL for each operation. */
    static List<AclBinding> all() {
        List<AclBinding> acls = new ArrayList<>();
        for (List<String> row : Readme.table("### Kafka ACLs")) {
            for (String name : row.get(2).split(",\\s*", -1)) {
                for (String operation : row.get(3).split(",\\s*", -1)) {
                    boolean prefixed = name.endsWith("*");
                    acls.add(
                            acl(
                                    row.get(0),
                                    ResourceType.fromString(row.get(1).replace(' ', '_')),
                                    prefixed ? name.substring(0, name.length() - 1) : name,
                                    prefixed,
                                    SecurityUtils.operation(operation)));
                }
            }
        }
        return acls;
    }

    static AclBinding acl(
            String user, ResourceType type, String name, boolean prefixed, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(
                        type, name, prefixed ? PatternType.PREFIXED : PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }
}
