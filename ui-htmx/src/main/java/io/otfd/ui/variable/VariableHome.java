package io.otfd.ui.variable;

import io.otfd.Ids.VariableOwnerId;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Reply;

/** Where variables are: a workspace, or a variable set; read for one request. */
public interface VariableHome {

    VariableOwnerId owner();

    /** Of the variables: a new one is posted there, and their pages are below. */
    String url();

    /** Of the page that lists them. */
    String listUrl();

    /** @throws io.otfd.Refusal.NotFound for a visitor who may not change them */
    void requireWritable();

    /** Around a page below the list. */
    Frame frame(String title);

    /** @param form of a new variable */
    Reply list(int status, Filled form);
}
