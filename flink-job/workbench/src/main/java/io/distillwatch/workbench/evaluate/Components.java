package io.distillwatch.workbench.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Connected components of things that are numbered from 0 on: union-find with path halving. */
public final class Components {

    private final List<Integer> parents = new ArrayList<>();

    /** Takes one thing more, a component of its own; returns its number. */
    public int add() {
        parents.add(parents.size());
        return parents.size() - 1;
    }

    /** Whether two are in one component. */
    public boolean together(int one, int other) {
        return root(one) == root(other);
    }

    /** Makes one component of those of two things. */
    public void join(int one, int other) {
        parents.set(root(one), root(other));
    }

    /** The components that have so many things at least; the things of each in order. */
    public List<List<Integer>> ofAtLeast(int size) {
        Collection<List<Integer>> all = byRoot().values();
        return all.stream().filter(component -> component.size() >= size).toList();
    }

    private TreeMap<Integer, List<Integer>> byRoot() {
        TreeMap<Integer, List<Integer>> byRoot = new TreeMap<>();
        for (int i = 0; i < parents.size(); i++) {
            byRoot.computeIfAbsent(root(i), root -> new ArrayList<>()).add(i);
        }
        return byRoot;
    }

    private int root(int thing) {
        int at = thing;
        while (parents.get(at) != at) {
            parents.set(at, parents.get(parents.get(at)));
            at = parents.get(at);
        }
        return at;
    }
}
